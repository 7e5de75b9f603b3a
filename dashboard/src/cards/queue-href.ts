/** Where a queue's details are. */
export const queueHref = (queueId: string): string => `/desk/queues/${encodeURIComponent(queueId)}`;
