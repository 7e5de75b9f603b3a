/** What the site tells the dashboard: /config.json, written at deployment. */
export interface SiteConfig {
  issuer: string;
  clientId: string;
  scope: string;
  /** Where to end the provider's session when its metadata names no end_session_endpoint (Cognito's does not). */
  signOutUrl?: string;
}

export async function loadSiteConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json: HTTP ${response.status}`);
  return (await response.json()) as SiteConfig;
}
