/**
 * Spider's hardness and exact set match. Source: {@code evaluation.py} of <a
 * href="https://github.com/taoyds/spider">taoyds/spider</a>, with values and DISTINCT not compared, as it ships.
 */
@NullMarked
package org.sqltune.evaluation.spider.match;

import org.jspecify.annotations.NullMarked;
