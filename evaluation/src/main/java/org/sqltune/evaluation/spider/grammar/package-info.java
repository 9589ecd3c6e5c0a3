/**
 * SQL as Spider's official evaluator reads it: NLTK's word tokens, and a grammar that knows one shape of query and gives
 * up on every other. Both are the definition of Spider's exact match and hardness, so they are followed where SQL itself
 * would say otherwise; {@code org.sqltune.core.sql.syntax} serves everything else. Source: {@code process_sql.py} of <a
 * href="https://github.com/taoyds/spider">taoyds/spider</a>.
 */
@NullMarked
package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.NullMarked;
