const en = {
  title: 'Meeting',
  join: 'Join the meeting',
  joinNow: 'Join',
  intro: 'Check your camera and your microphone. Nobody sees or hears you before you join, and nothing is recorded.',
  yourName: 'Your name',
  nameHint: 'The others see it.',
  nameMissing: 'Enter your name, so that the others know who you are.',
  asHost: 'You join as {name}.',
  you: 'You',
  youNamed: '{name} (you)',
  guest: 'Guest',
  agent: 'Agent',
  host: 'host',
  preview: 'Your camera',
  cameraIsOff: 'Your camera is off',
  level: 'Level of your microphone',
  devices: 'Devices',
  microphone: 'Microphone',
  camera: 'Camera',
  speaker: 'Speaker',
  unnamed: '{kind} {number}',
  microphoneOn: 'Turn the microphone on',
  microphoneOff: 'Turn the microphone off',
  cameraOn: 'Turn the camera on',
  cameraOff: 'Turn the camera off',
  screenOn: 'Share your screen',
  screenOff: 'Stop sharing',
  leave: 'Leave',
  people: 'People in the meeting',
  screenOf: 'Screen of {name}',
  yourScreen: 'You share your screen',
  muted: 'microphone off',
  speaks: 'speaks',
  alone: 'Nobody else is here yet. Keep this page open: the others will join you.',
  joining: 'Joining…',
  lost: 'The connection is lost. Coming back…',
  connected: 'You are in the meeting.',
  came: '{name} has joined.',
  went: '{name} has left.',
  soundOn: 'Turn the sound on',
  again: 'Join again',
  tryAgain: 'Try again',
  left: 'You have left the meeting.',
  over: 'The meeting is over.',
  full: 'The meeting is full: eight people are there already. Try again when somebody has left.',
  expired: 'This link has expired. Ask for a new one where you were sent it.',
  invalid: 'This link is not valid. Open it again from the message, whole, or ask for a new one.',
  unsupported:
    'This browser cannot take part in meetings. Open the link in a current version of Chrome, Edge, Firefox or Safari.',
  microphoneDenied:
    'The browser may not use your microphone. Allow it with the icon beside the address, then try again. You can join without: the others will not hear you.',
  microphoneMissing:
    'No microphone was found. Connect one and try again. You can join without: the others will not hear you.',
  microphoneBusy: 'The microphone cannot be opened: another program may be using it. Close that program and try again.',
  cameraDenied:
    'The browser may not use your camera. Allow it with the icon beside the address, then try again. You can join without.',
  cameraMissing: 'No camera was found. Connect one and try again. You can join without.',
  cameraBusy: 'The camera cannot be opened: another program may be using it. Close that program and try again.',
};

export type Key = keyof typeof en;

const fr: Record<Key, string> = {
  title: 'Réunion',
  join: 'Rejoindre la réunion',
  joinNow: 'Rejoindre',
  intro:
    'Vérifiez votre caméra et votre micro. Personne ne vous voit ni ne vous entend avant que vous rejoigniez la réunion, et rien n’est enregistré.',
  yourName: 'Votre nom',
  nameHint: 'Les autres le voient.',
  nameMissing: 'Saisissez votre nom, pour que les autres sachent qui vous êtes.',
  asHost: 'Vous participez en tant que {name}.',
  you: 'Vous',
  youNamed: '{name} (vous)',
  guest: 'Invité',
  agent: 'Conseiller',
  host: 'hôte',
  preview: 'Votre caméra',
  cameraIsOff: 'Votre caméra est éteinte',
  level: 'Niveau de votre micro',
  devices: 'Périphériques',
  microphone: 'Micro',
  camera: 'Caméra',
  speaker: 'Haut-parleur',
  unnamed: '{kind} {number}',
  microphoneOn: 'Activer le micro',
  microphoneOff: 'Couper le micro',
  cameraOn: 'Allumer la caméra',
  cameraOff: 'Éteindre la caméra',
  screenOn: 'Partager votre écran',
  screenOff: 'Arrêter le partage',
  leave: 'Quitter',
  people: 'Participants à la réunion',
  screenOf: 'Écran de {name}',
  yourScreen: 'Vous partagez votre écran',
  muted: 'micro coupé',
  speaks: 'parle',
  alone: 'Il n’y a encore personne d’autre. Gardez cette page ouverte : les autres vous rejoindront.',
  joining: 'Connexion…',
  lost: 'La connexion est interrompue. Reconnexion…',
  connected: 'Vous êtes dans la réunion.',
  came: '{name} est là.',
  went: '{name} est parti·e.',
  soundOn: 'Activer le son',
  again: 'Rejoindre à nouveau',
  tryAgain: 'Réessayer',
  left: 'Vous avez quitté la réunion.',
  over: 'La réunion est terminée.',
  full: 'La réunion est complète : huit personnes y sont déjà. Réessayez quand quelqu’un l’aura quittée.',
  expired: 'Ce lien a expiré. Demandez-en un nouveau là où vous l’avez reçu.',
  invalid: 'Ce lien n’est pas valable. Ouvrez-le à nouveau depuis le message, en entier, ou demandez-en un nouveau.',
  unsupported:
    'Ce navigateur ne permet pas de participer aux réunions. Ouvrez le lien dans une version récente de Chrome, Edge, Firefox ou Safari.',
  microphoneDenied:
    'Le navigateur ne peut pas utiliser votre micro. Autorisez-le avec l’icône à côté de l’adresse, puis réessayez. Vous pouvez participer sans : les autres ne vous entendront pas.',
  microphoneMissing:
    'Aucun micro n’a été trouvé. Branchez-en un et réessayez. Vous pouvez participer sans : les autres ne vous entendront pas.',
  microphoneBusy:
    'Le micro ne peut pas être ouvert : un autre programme l’utilise peut-être. Fermez ce programme et réessayez.',
  cameraDenied:
    'Le navigateur ne peut pas utiliser votre caméra. Autorisez-la avec l’icône à côté de l’adresse, puis réessayez. Vous pouvez participer sans.',
  cameraMissing: 'Aucune caméra n’a été trouvée. Branchez-en une et réessayez. Vous pouvez participer sans.',
  cameraBusy:
    'La caméra ne peut pas être ouverte : un autre programme l’utilise peut-être. Fermez ce programme et réessayez.',
};

export const texts = { en, fr };

export type Language = keyof typeof texts;

/** The first of the browser's languages that we speak. */
export function languageOf(wanted: readonly string[]): Language {
  const first = wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'fr' || tag === 'en');
  return first === 'fr' ? 'fr' : 'en';
}

export type Translate = (key: Key, values?: Record<string, string | number>) => string;

export function translator(language: Language): Translate {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
