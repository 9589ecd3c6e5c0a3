/**
 * Pages that need no other file, no script and no network: {@link org.sqltune.evaluation.html.Html} escapes what goes into
 * them, {@link org.sqltune.evaluation.html.HtmlPage} puts them together in the style that runs and evaluations share.
 */
@NullMarked
package org.sqltune.evaluation.html;

import org.jspecify.annotations.NullMarked;
