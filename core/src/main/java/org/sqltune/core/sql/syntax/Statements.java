package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Cuts scripts into statements. */
public final class Statements {
    private Statements() {}

    /** The tokens of each statement, without the semicolons between them; empty statements are left out. */
    public static List<List<SqlToken>> of(String script) {
        List<SqlToken> tokens = SqlScanner.scan(script);
        List<List<SqlToken>> statements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).isSymbol(";")) {
                if (i > start) {
                    statements.add(List.copyOf(tokens.subList(start, i)));
                }
                start = i + 1;
            }
        }
        return statements;
    }
}
