import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import { CheckpointForm } from './checkpoint-form';
import { LessonError, type LessonContext } from './context';

export type CheckpointProps = {
  /** Unique among the lesson's checkpoints; permanent. */
  id: string;
  question: string;
  /** `<Option>` elements, one of them `right`. */
  children: ReactNode;
  source?: string;
};

export type OptionProps = {
  right?: boolean;
  /** The answer, and a `<Why>`. */
  children: ReactNode;
};

/** Read by Checkpoint, never drawn by itself. */
export function Option(_props: OptionProps): ReactElement {
  throw new LessonError(undefined, '<Option> stands outside a <Checkpoint>');
}

/** Why an option is right or wrong; read by Checkpoint, never drawn by itself. */
export function Why(_props: { children: ReactNode }): ReactElement {
  throw new LessonError(undefined, '<Why> stands outside an <Option>');
}

/** A question that tests understanding; whoever errs is told why. */
export function createCheckpoint({ lesson }: Pick<LessonContext, 'lesson'>) {
  return function Checkpoint({ id, question, children, source }: CheckpointProps) {
    const options = elementsOf(children)
      .filter((element) => element.type === Option)
      .map((element) => toOption(element as ReactElement<OptionProps>));
    if (options.filter(({ right }) => right).length !== 1)
      throw new LessonError(source, `<Checkpoint> "${id}" needs exactly one <Option right>`);
    return <CheckpointForm lesson={lesson} id={id} question={question} options={options} />;
  };
}

function toOption({ props }: ReactElement<OptionProps>) {
  const parts = Children.toArray(props.children).flatMap(partsOf);
  const why = parts.find(isWhy);
  return {
    right: props.right === true,
    text: parts.filter((part) => !isWhy(part)),
    why: why?.props.children,
  };
}

const isWhy = (part: ReactNode): part is ReactElement<{ children: ReactNode }> =>
  isValidElement(part) && part.type === Why;

/** A label may hold words only, so the paragraphs that Markdown makes are opened. */
function partsOf(part: ReactNode): ReactNode[] {
  return isValidElement<{ children: ReactNode }>(part) && part.type === 'p'
    ? Children.toArray(part.props.children)
    : [part];
}

function elementsOf(children: ReactNode): ReactElement[] {
  return Children.toArray(children).filter((child): child is ReactElement => isValidElement(child));
}
