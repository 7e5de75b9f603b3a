import type { FileTicket } from './chat-model';

/** Sends a file's content to where the server wants it; the progress goes from 0 to 1. */
export type Put = (
  ticket: FileTicket,
  file: File,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** fetch tells nothing of how far an upload has come; XMLHttpRequest does. */
export const putFile: Put = (ticket, file, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', ticket.url);
    for (const [name, value] of Object.entries(ticket.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(`HTTP ${request.status}`)));
    request.onerror = () => reject(new Error('the upload broke off'));
    request.onabort = request.onerror;
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
