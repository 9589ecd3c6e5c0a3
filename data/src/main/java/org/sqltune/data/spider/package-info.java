/** Reads the files of Spider and CSpider, and the CSV derived from them. */
@NullMarked
package org.sqltune.data.spider;

import org.jspecify.annotations.NullMarked;
