/**
 * What Next runs first in the browser. React's own code is a third of what a page evaluates before it can start, and
 * all of it would be one task; evaluated here, it is a task of its own. See docs/decisions/0011.
 */
import 'react-dom/client';
