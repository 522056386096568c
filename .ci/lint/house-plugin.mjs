// @ts-check
/** The linter's side of house.config.mjs: the same rules, said in the editor. */
import { relative } from 'node:path';
import { importProblem, resolveImport } from '../../house.config.mjs';

const root = new URL('../..', import.meta.url).pathname;
/** @param {import('eslint').Rule.RuleContext} context */
const pathOf = (context) => relative(root, context.filename).replaceAll('\\', '/');

/** @type {import('eslint').Rule.RuleModule} */
const imports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = pathOf(context);
    const client = context.sourceCode.ast.body.some(
      (node) => 'directive' in node && node.directive === 'use client',
    );
    const check = (/** @type {any} */ node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const typeOnly =
        node.importKind === 'type' ||
        node.exportKind === 'type' ||
        (node.specifiers?.length > 0 &&
          node.specifiers.every((/** @type {any} */ s) => s.importKind === 'type'));
      const target = resolveImport(root, from, specifier);
      const problem = importProblem({ from, specifier, target, typeOnly, client });
      if (problem) context.report({ node: node.source, message: `${problem}.` });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const spokenAttributes =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|alt|placeholder|label)$/;
/** Words have small letters; SYN, ACK and TCP are names of the wire and the same in every language. */
const hasWords = (/** @type {unknown} */ text) => typeof text === 'string' && /\p{Ll}/u.test(text);

/** @type {import('eslint').Rule.RuleModule} */
const textFromCatalogue = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const message = 'a sentence that a person sees comes from the message catalogue: t("key").';
    /** What an expression may say: through ?:, && and templates. @param {any} node @returns {boolean} */
    const says = (node) => {
      if (!node) return false;
      if (node.type === 'Literal') return hasWords(node.value);
      if (node.type === 'TemplateLiteral')
        return node.quasis.some((/** @type {any} */ q) => hasWords(q.value.cooked));
      if (node.type === 'ConditionalExpression') return says(node.consequent) || says(node.alternate);
      if (node.type === 'LogicalExpression') return says(node.right);
      if (node.type === 'JSXExpressionContainer') return says(node.expression);
      return false;
    };
    return /** @type {any} */ ({
      JSXText: (/** @type {any} */ node) => hasWords(node.value) && context.report({ node, message }),
      'JSXElement > JSXExpressionContainer, JSXFragment > JSXExpressionContainer': (
        /** @type {any} */ node,
      ) => says(node) && context.report({ node, message }),
      JSXAttribute: (/** @type {any} */ node) =>
        spokenAttributes.test(node.name.name) && says(node.value) && context.report({ node, message }),
    });
  },
};

export default { rules: { imports, 'text-from-catalogue': textFromCatalogue } };
