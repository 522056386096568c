import type { StunMessage } from '@/lib/protocols/stun';
import { findAttribute } from '@/lib/protocols/stun';
import { reprioritise } from '../checklist';
import type { AgentState } from './state';
import { randomTieBreaker } from './state';

/** Becomes the other: priorities change with it. */
export function switchRole(agent: AgentState): void {
  agent.role = agent.role === 'controlling' ? 'controlled' : 'controlling';
  for (const list of agent.lists) reprioritise(list, agent.role);
  agent.outputs.push({ type: 'role', role: agent.role });
}

/**
 * RFC 8445 §7.3.1.1: both think that they decide, or neither does. The larger tie-breaker controls: it says so (487), the
 * smaller one changes its role by itself. `refuse`: answer 487.
 */
export function resolveConflict(agent: AgentState, request: StunMessage): 'refuse' | 'go-on' {
  const same = agent.role === 'controlling' ? 'ICE-CONTROLLING' : 'ICE-CONTROLLED';
  const theirs = findAttribute(request, same);
  if (theirs === undefined) return 'go-on';
  const isOursLarger = agent.tieBreaker >= theirs;
  const shallControl = isOursLarger;
  if (shallControl === (agent.role === 'controlling')) return 'refuse';
  switchRole(agent);
  return 'go-on';
}

/** A 487 to our own check (§7.2.5.1): change roles, unless that has happened since, and roll the dice again. */
export function yieldRole(agent: AgentState, roleOfRequest: AgentState['role']): void {
  if (agent.role === roleOfRequest) switchRole(agent);
  agent.tieBreaker = randomTieBreaker(agent.options.random);
}
