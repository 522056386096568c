/** What happens in a lab that counts; whoever shows the lab says in which lesson (lib/course/events.ts). */
export type LabEvent =
  | { type: 'prediction:made'; prediction: string; answer: string; right: boolean }
  | { type: 'task:passed'; lab: string; task: string };
