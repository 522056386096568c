'use client';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createText, type Messages, type Text } from './text';

type Catalogue = { messages: Messages; locale: string; prefix: string };

const CatalogueContext = createContext<Catalogue>({ messages: {}, locale: 'en', prefix: '' });

/**
 * Gives the messages below it. Nested providers add to what is above them, so that a page carries only the
 * messages of the labs that stand on it; `prefix` is where short keys are looked up first.
 */
export function TextProvider(props: {
  messages?: Messages;
  locale?: string;
  prefix?: string;
  children: ReactNode;
}) {
  const above = useContext(CatalogueContext);
  const { messages, locale, prefix } = props;
  const catalogue = useMemo(
    () => ({
      messages: messages ? { ...above.messages, ...messages } : above.messages,
      locale: locale ?? above.locale,
      prefix: prefix ?? above.prefix,
    }),
    [above, messages, locale, prefix],
  );
  return <CatalogueContext.Provider value={catalogue}>{props.children}</CatalogueContext.Provider>;
}

/** Says messages in the reader's language: `const t = useText(); t('title')`. */
export function useText(): Text {
  const { messages, locale, prefix } = useContext(CatalogueContext);
  return useMemo(() => createText(messages, locale, prefix), [messages, locale, prefix]);
}
