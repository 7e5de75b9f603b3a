/** Every language, by its own name. */
export const languages = [
  { id: 'fr', name: 'Français' },
  { id: 'en', name: 'English' },
] as const;
