import type { Node } from 'unist';
import type { VFile } from 'vfile';

export default function remarkLesson(): (tree: Node, file: VFile) => void;
export function toContentPath(path: string): string;
export function textOf(node: Node): string;
export function slugOf(text: string): string;
export function attributeOf(node: Node, name: string): string | undefined;
