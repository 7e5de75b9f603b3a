// What unit tests read of dates and numbers is that of one region, whatever the machine's: Node has a navigator from 21 on.
if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {} });
Object.defineProperty(navigator, 'languages', { configurable: true, get: () => ['en-US', 'fr-FR'] });
