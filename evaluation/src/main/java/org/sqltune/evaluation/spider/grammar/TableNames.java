package org.sqltune.evaluation.spider.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the qualifiers of one query: table names, and every alias that {@code as} declares anywhere in the text,
 * including subqueries.
 */
final class TableNames {
    private final QuerySchema schema;
    private final Map<String, String> meanings = new HashMap<>();

    /** @throws UnparseableQueryException if an alias is a table's name, or no token follows {@code as} */
    TableNames(QuerySchema schema, List<String> tokens) {
        this.schema = schema;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals("as")) {
                addAlias(tokens, i);
            }
        }
        for (String table : schema.tables()) {
            if (meanings.put(table, table) != null) {
                throw new UnparseableQueryException("the alias " + table + " is a table's name");
            }
        }
    }

    private void addAlias(List<String> tokens, int as) {
        if (as + 1 >= tokens.size()) {
            throw new UnparseableQueryException("no alias follows as");
        }
        // Like Python's index -1: an "as" at the beginning declares an alias for the last token.
        String named = tokens.get(as == 0 ? tokens.size() - 1 : as - 1);
        meanings.put(tokens.get(as + 1), named);
    }

    /** Returns what the name stands for, usually a table. */
    String meaning(String name) {
        String meaning = meanings.get(name);
        if (meaning == null) {
            throw new UnparseableQueryException("no table " + name);
        }
        return meaning;
    }

    /** Returns the id of a table, of {@code table.column} or of {@code *}. */
    String id(String name) {
        String id = schema.id(name);
        if (id == null) {
            throw new UnparseableQueryException("the schema has no " + name);
        }
        return id;
    }

    /** Returns the id of a column, qualified or not. */
    String columnId(String token, List<String> tablesRead) {
        if (token.equals("*")) {
            return id(token);
        }
        int point = token.indexOf('.');
        if (point < 0) {
            return unqualified(token, tablesRead);
        }
        if (token.indexOf('.', point + 1) >= 0) {
            throw new UnparseableQueryException("two points in " + token);
        }
        return id(meaning(token.substring(0, point)) + "." + token.substring(point + 1));
    }

    private String unqualified(String column, List<String> tablesRead) {
        for (String name : tablesRead) {
            String table = meaning(name);
            Boolean found = schema.hasColumn(table, column);
            if (found == null) {
                throw new UnparseableQueryException("no table " + table);
            }
            if (found) {
                return id(table + "." + column);
            }
        }
        throw new UnparseableQueryException("no column " + column);
    }
}
