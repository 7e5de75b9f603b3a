import { defineConfig } from 'vitest/config';
import tests from '../vitest.config';

/** Not tests: takes the pictures of the documentation from the real centre. */
export default defineConfig({ ...tests, test: { ...tests.test, include: ['screenshots/*.shots.ts'] } });
