/** What the labs that run `runExchange` share, without the picture: faults as text, and the run in sentences. */
export { MAX_FAULTS_LENGTH, parseFaults, withFault, writeFaults, type Faults } from './faults';
export { exchangeExports } from './exports';
export {
  exchangeSteps,
  firstTimeIn,
  hasRule,
  type EndpointStates,
  type ExchangeStep,
  type ExchangeStepsOptions,
} from './steps';
