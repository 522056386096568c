import { expect } from 'vitest';
import { test } from './browser';
import { weighScripts } from './script-weight';
import { embedPaths, lessonPaths } from './site-map';

const lessonBudget = 180_000;
const embedBudget = 60_000;

test.for(lessonPaths())('%s ships at most 180 kB of JavaScript, and no editor', async (path, { open }) => {
  const { gzippedBytes, addresses } = await weighScripts(await open(), path);
  console.log(
    `${path}: ${(gzippedBytes / 1000).toFixed(1)} kB of ${lessonBudget / 1000} in ${addresses.length} scripts`,
  );
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => /monaco|editor\.worker|ts\.worker/.test(address))).toEqual([]);
  expect(gzippedBytes).toBeLessThanOrEqual(lessonBudget);
});

test.for(embedPaths())('%s ships at most 60 kB of JavaScript in all', async (path, { open }) => {
  const { gzippedBytes, addresses } = await weighScripts(await open(), path);
  console.log(
    `${path}: ${(gzippedBytes / 1000).toFixed(1)} kB of ${embedBudget / 1000} in ${addresses.length} scripts`,
  );
  expect(addresses.length).toBeGreaterThan(0);
  expect(gzippedBytes).toBeLessThanOrEqual(embedBudget);
});
