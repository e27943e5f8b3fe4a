import { useState } from 'react';

/** Fetches a file, because App Bridge signs what is fetched and nothing that is only linked to. */
export function useDownload(): {
  readonly download: (from: string, name: string) => Promise<void>;
  /** Whether the last one could not be had. */
  readonly trouble: boolean;
} {
  const [trouble, setTrouble] = useState(false);
  const download = async (from: string, name: string): Promise<void> => {
    // A connection that is down is told like an answer that says no.
    const answer = await fetch(from).catch(() => null);
    setTrouble(answer?.ok !== true);
    if (answer?.ok !== true) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return { download, trouble };
}
