/**
 * HTML pages that need no other file, script or network: {@link org.sqltune.evaluation.html.Html} escapes texts, and
 * {@link org.sqltune.evaluation.html.HtmlPage} adds the style that the pages of runs and evaluations share.
 */
@NullMarked
package org.sqltune.evaluation.html;

import org.jspecify.annotations.NullMarked;
