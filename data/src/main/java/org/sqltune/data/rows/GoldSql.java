package org.sqltune.data.rows;

/** Gold SQL as examples hold it. */
public final class GoldSql {
    private GoldSql() {}

    /** Without closing semicolons and the white space around. */
    public static String clean(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return sql.substring(0, end).strip();
    }
}
