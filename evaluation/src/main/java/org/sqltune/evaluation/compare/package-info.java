/**
 * Two evaluations of the same questions side by side: which answers were fixed, which were broken, and whether the
 * difference may be chance.
 */
@NullMarked
package org.sqltune.evaluation.compare;

import org.jspecify.annotations.NullMarked;
