import type { Agent } from '../api/model';

/** Whether the agent may see and act on others. The server decides; this only spares what it would refuse. */
export const supervises = (agent: Agent): boolean => agent.role !== 'agent';
