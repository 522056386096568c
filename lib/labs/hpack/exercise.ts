import type { Exercise } from '../define-lab';
import { decoderStage } from './exercise-decoder';
import { huffmanStage } from './exercise-huffman';
import { integerStages } from './exercise-integers';

/** From one integer to a whole decoder. Octets cross as arrays of numbers. */
export const exercise: Exercise = { stages: [...integerStages, huffmanStage, decoderStage] };
