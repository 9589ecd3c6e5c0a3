package org.sqltune.data.verify;

import java.util.List;

/**
 * What was found in a folder of databases.
 *
 * @param databases how many there are
 * @param tables tables of those that can be read
 * @param faults one line on each database that can't be read
 */
public record VerifiedDatabases(int databases, int tables, List<String> faults) {
    public VerifiedDatabases {
        faults = List.copyOf(faults);
    }
}
