/**
 * Spider's official SQL parser: NLTK's word tokens and a restricted grammar. Both define Spider's exact set match and
 * hardness, so this package follows them even where they differ from SQL; {@code org.sqltune.core.sql.syntax} serves
 * everything else. Source: {@code process_sql.py} of <a href="https://github.com/taoyds/spider">taoyds/spider</a>.
 */
@NullMarked
package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.NullMarked;
