/**
 * SQL as SQLite reads it: the lexer, and queries as trees. A tree says what was written, before any name is looked up;
 * {@code org.sqltune.core.sql.scope} looks them up. The grammar is that of <a
 * href="https://www.sqlite.org/lang_select.html">sqlite.org/lang_select.html</a> and parse.y, with SQLite's own precedence
 * of operators and its rule which keywords are names where:
 *
 * <pre>{@code
 * query      = [WITH [RECURSIVE] named {, named}] body [ORDER BY terms] [LIMIT expr [(OFFSET | ,) expr]]
 *              (neither ORDER BY nor LIMIT behind VALUES)
 * named      = name [(names)] AS [[NOT] MATERIALIZED] (query)
 * body       = core {(UNION [ALL] | INTERSECT | EXCEPT) core}
 * core       = VALUES (list) {, (list)}
 *            | SELECT [DISTINCT | ALL] result {, result} [FROM from] [WHERE expr] [GROUP BY list] [HAVING expr]
 *              [WINDOW name AS (window) {, name AS (window)}]
 * result     = * | name.* | expr [[AS] name]
 * from       = item {(, | [join] JOIN) item [ON expr | USING (names)]}
 * join       = {NATURAL | LEFT | RIGHT | FULL | INNER | CROSS | OUTER}
 * item       = [name.]name [(list)] [[AS] name] [INDEXED BY name | NOT INDEXED]
 *            | (query) [[AS] name] | (from) [[AS] name]
 * terms      = expr [ASC | DESC] [NULLS (FIRST | LAST)] {, ...}
 * window     = [name] [PARTITION BY list] [ORDER BY terms] [frame]
 * frame      = (ROWS | RANGE | GROUPS) (bound | BETWEEN bound AND bound) [EXCLUDE (NO OTHERS | CURRENT ROW | GROUP | TIES)]
 * bound      = UNBOUNDED (PRECEDING | FOLLOWING) | CURRENT ROW | expr (PRECEDING | FOLLOWING)
 * expr       = operators, from loose to tight: OR; AND; NOT; = == <> != IS IN LIKE GLOB REGEXP MATCH BETWEEN ISNULL NOTNULL;
 *              < <= > >=; & | << >>; + -; * / %; || -> ->>; COLLATE; - + ~ in front; around operands
 * operand    = literal | parameter | [[name.]name.]name | (query) | (list) | EXISTS (query) | CASE ... END
 *            | CAST (expr AS type) | name ([DISTINCT] list [ORDER BY terms] | *) [FILTER (WHERE expr)] [OVER (name | (window))]
 * }</pre>
 *
 * <p>What SQLite accepts and this grammar doesn't: expressions or queries nested more than 100 deep. What it refuses with an
 * error of meaning instead of syntax (an ORDER BY in front of UNION, ON without a join) is refused here, too.
 */
@NullMarked
package org.sqltune.core.sql.syntax;

import org.jspecify.annotations.NullMarked;
