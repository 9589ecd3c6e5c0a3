/** The files of Spider and CSpider, and the CSV made of them. */
@NullMarked
package org.sqltune.data.spider;

import org.jspecify.annotations.NullMarked;
