import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Fetched once; what could not be fetched is tried again when it is next wanted. */
interface Source<P> {
  loaded: ComponentType<P> | undefined;
  load: () => Promise<unknown>;
}

export interface OnDemand<P> {
  (props: P): ReactNode;
  /** Fetches the part, so that it is there when it is shown. */
  preload: () => Promise<unknown>;
}

/**
 * A part of the desk that does not come with the first load. Unlike React's own, one that can't be fetched (the network is
 * gone, or the desk has been deployed anew) says so in its place, and everything else goes on.
 */
export function onDemand<P extends object>(fetchPart: () => Promise<ComponentType<P>>): OnDemand<P> {
  const source: Source<P> = {
    loaded: undefined,
    load: async () => {
      source.loaded ??= await fetchPart();
    },
  };
  return Object.assign((props: P) => <Part source={source} given={props} />, { preload: source.load });
}

function Part<P extends object>({ source, given }: { source: Source<P>; given: P }) {
  const [failed, setFailed] = useState(false);
  const [, setLoaded] = useState(source.loaded !== undefined);
  const load = useCallback(() => {
    setFailed(false);
    source.load().then(
      () => setLoaded(true),
      () => setFailed(true),
    );
  }, [source]);
  useEffect(() => {
    if (!source.loaded) load();
  }, [source, load]);
  const Loaded = source.loaded;
  return Loaded ? <Loaded {...given} /> : <Missing failed={failed} onRetry={load} />;
}

function Missing({ failed, onRetry }: { failed: boolean; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!failed) return <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>;
  return (
    <div role="alert" className="part-missing">
      <StatusIndicator type="error">{t('app.partMissing')}</StatusIndicator>
      <Button onClick={onRetry}>{t('app.retry')}</Button>
    </div>
  );
}
