/**
 * The five demo databases and their 50 hand-written questions, as files and as a data set that needs no download: trained on synthesised pairs, tested on the questions.
 */
@NullMarked
package org.sqltune.synthesis.demo;

import org.jspecify.annotations.NullMarked;
