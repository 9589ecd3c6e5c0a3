package org.sqltune.core.sql;

/** JDBC URLs as others may see them. */
public final class JdbcUrls {
    private static final String POSTGRES = "jdbc:postgresql:";

    private JdbcUrls() {}

    /** Whether it is a URL of PostgreSQL. */
    public static boolean isPostgres(String database) {
        return database.startsWith(POSTGRES);
    }

    /**
     * A text without the passwords of the URL of PostgreSQL that it ends with. What remains works where the password is
     * kept in {@code ~/.pgpass}. Any other text stays as it is.
     */
    public static String withoutPassword(String text) {
        return text.contains(POSTGRES)
                ? text.replaceFirst("//[^/?]*@", "//")
                        .replaceAll("(?i)(?<=[?&])\\w*password=[^&]*&?", "")
                        .replaceFirst("[?&]$", "")
                : text;
    }
}
