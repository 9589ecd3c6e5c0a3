package org.sqltune.synthesis.template;

import java.util.List;
import java.util.stream.Stream;

/** All templates. */
public final class Templates {
    private static final List<QueryTemplate> ALL = Stream.of(
                    SimpleTemplates.all(),
                    ColumnsTemplates.all(),
                    ColumnPairTemplates.all(),
                    FilterTemplates.all(),
                    AggregateTemplates.all(),
                    GroupTemplates.all(),
                    GroupMeasureTemplates.all(),
                    FiguresTemplates.all(),
                    JoinTemplates.all(),
                    JoinCountTemplates.all(),
                    JoinMeasureTemplates.all(),
                    JoinFigureTemplates.all(),
                    JoinColumnTemplates.all(),
                    BothSidesTemplates.all(),
                    ThreeTableTemplates.all(),
                    NestedTemplates.all(),
                    NestedPairTemplates.all())
            .flatMap(List::stream)
            .toList();

    private static final List<QueryTemplate> WITH_SETS =
            Stream.concat(ALL.stream(), SetTemplates.all().stream()).toList();

    private Templates() {}

    /** Returns the templates of {@link #all} and more set operations. */
    public static List<QueryTemplate> withSets() {
        return WITH_SETS;
    }

    /** Returns the templates of the demo and the bundled model, easier categories first; ids are unique. */
    public static List<QueryTemplate> all() {
        return ALL;
    }
}
