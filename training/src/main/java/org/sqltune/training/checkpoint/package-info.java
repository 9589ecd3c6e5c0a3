/** What a run keeps on the disk: trained weights, optimizer and trainer state, metrics. */
@NullMarked
package org.sqltune.training.checkpoint;

import org.jspecify.annotations.NullMarked;
