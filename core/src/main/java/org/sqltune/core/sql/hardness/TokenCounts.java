package org.sqltune.core.sql.hardness;

import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;

/** What makes a query hard, counted in one pass over the tokens of its outermost level. */
final class TokenCounts {
    private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max");
    private static final Set<String> SET_OPERATORS = Set.of("union", "intersect", "except");
    private static final Set<String> CLAUSES = Set.of("select", "from", "where", "group", "having", "order", "limit");

    private int clauses;
    private int nested;
    private int aggregates;
    private int selected = 1;
    private int conditions;
    private int grouped;
    private int depth;
    private String clause = "";
    private boolean between;

    static TokenCounts of(List<SqlToken> tokens) {
        TokenCounts counts = new TokenCounts();
        counts.read(tokens);
        return counts;
    }

    private void read(List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol("(")) {
                depth++;
                boolean inside = i + 1 < tokens.size() && tokens.get(i + 1).isWord("select");
                nested += inside && depth == 1 && isCondition() ? 1 : 0;
            } else if (token.isSymbol(")")) {
                depth--;
            } else if (depth == 0 && SET_OPERATORS.contains(token.lowerCase())) {
                nested++;
                return;
            } else if (depth == 0) {
                outermost(token, i > 0 && tokens.get(i - 1).isSymbol("."));
            }
        }
    }

    private void outermost(SqlToken token, boolean qualified) {
        String word = qualified ? "" : token.lowerCase();
        if (CLAUSES.contains(word)) {
            clause = word;
            switch (word) {
                case "where" -> {
                    clauses++;
                    conditions = 1;
                }
                case "group" -> {
                    clauses++;
                    grouped = 1;
                }
                case "order", "limit" -> clauses++;
                default -> {}
            }
        } else if (word.equals(",")) {
            selected += clause.equals("select") ? 1 : 0;
            clauses += clause.equals("from") ? 1 : 0;
            grouped += clause.equals("group") ? 1 : 0;
        } else if (word.equals("join") || word.equals("or") || word.equals("like")) {
            clauses++;
            moreConditions(word);
        } else if (word.equals("between")) {
            between = true;
        } else if (word.equals("and") && between) {
            between = false;
        } else if (word.equals("and") || word.equals("not")) {
            moreConditions(word);
        } else if (AGGREGATES.contains(word) && !isCondition()) {
            aggregates++;
        }
    }

    /** The official code takes NOT in a condition, and what joins conditions on groups, for an aggregate. */
    private void moreConditions(String word) {
        boolean joins = word.equals("and") || word.equals("or");
        conditions += joins && clause.equals("where") ? 1 : 0;
        aggregates += (joins && clause.equals("having")) || (word.equals("not") && isCondition()) ? 1 : 0;
    }

    private boolean isCondition() {
        return clause.equals("where") || clause.equals("having");
    }

    QueryHardness grade() {
        int others = one(aggregates) + one(selected) + one(conditions) + one(grouped);
        return QueryHardness.of(clauses, others, nested);
    }

    private static int one(int count) {
        return count > 1 ? 1 : 0;
    }
}
