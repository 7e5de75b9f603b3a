/** What is open in the call panel beside the call itself. */
export type CallToolName = 'keypad' | 'transfer';

/** Which tool is open in which call: one at a time, and none in the next call. */
export class CallTool {
  private state: { contactId: string; name: CallToolName | undefined } = { contactId: '', name: undefined };
  private readonly listeners = new Set<() => void>();

  readonly get = () => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  toggle(contactId: string, name: CallToolName): void {
    const open = this.state.contactId === contactId && this.state.name === name;
    this.set(contactId, open ? undefined : name);
  }

  readonly close = (): void => this.set('', undefined);

  private set(contactId: string, name: CallToolName | undefined): void {
    this.state = { contactId, name };
    for (const listener of [...this.listeners]) listener();
  }
}
