export { connect, Pawl } from './client.js';
export { InDoubtError, NotMadeError, PawlError } from './errors.js';
