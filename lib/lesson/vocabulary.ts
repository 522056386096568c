/** What an attribute may be: a text written out, or an expression that the engine computes. */
type Attribute = { required?: true; kind: 'text' | 'number' | 'boolean' | 'expression' };

const id: Attribute = { required: true, kind: 'text' };
const question: Attribute = { required: true, kind: 'text' };

/** Every component that a lesson may use, and its attributes. The checker refuses others. */
export const vocabulary: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  Calc: {
    value: { required: true, kind: 'expression' },
    expect: { required: true, kind: 'number' },
    unit: { kind: 'text' },
    digits: { kind: 'number' },
  },
  Checkpoint: { id, question },
  Correction: { n: { required: true, kind: 'number' } },
  Exercise: { lab: { required: true, kind: 'text' }, stage: { kind: 'text' } },
  Figure: {
    alt: { required: true, kind: 'text' },
    src: { kind: 'text' },
    width: { kind: 'number' },
    height: { kind: 'number' },
    caption: { kind: 'text' },
  },
  Holds: {},
  Lab: {
    id,
    preset: { kind: 'expression' },
    tasks: { kind: 'expression' },
    predictions: { kind: 'expression' },
  },
  Monday: {},
  NotesSay: {},
  Option: { right: { kind: 'boolean' } },
  Predict: {
    id,
    question,
    answer: { required: true, kind: 'expression' },
    options: { kind: 'expression' },
    unit: { kind: 'text' },
    digits: { kind: 'number' },
    tolerance: { kind: 'number' },
  },
  Rfc: { n: { required: true, kind: 'number' }, s: { kind: 'text' } },
  Term: { id },
  Why: {},
};

/** Put in by remark-lesson, never written. */
export const injected: readonly string[] = ['source', 'anchor'];

/** HTML that prose may use where Markdown has no sign for it. */
export const htmlElements: readonly string[] = ['abbr', 'br', 'kbd', 'sub', 'sup', 'var'];
