/**
 * The five demo databases and their hand-written questions, as files and as a data set that needs no download:
 * synthesised pairs for training, the 50 questions for testing.
 */
@NullMarked
package org.sqltune.synthesis.demo;

import org.jspecify.annotations.NullMarked;
