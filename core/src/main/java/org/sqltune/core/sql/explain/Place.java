package org.sqltune.core.sql.explain;

import java.util.List;
import org.sqltune.core.sql.scope.QuerySource;

/**
 * Where an expression stands.
 *
 * @param sources what the SELECT around it reads
 */
record Place(List<QuerySource> sources) {
    /** Outside of any SELECT, as LIMIT is. */
    static final Place NOWHERE = new Place(List.of());
}
