package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.phrasing.QuestionWriter;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.shape.QuestionAndSql;
import org.sqltune.synthesis.template.QueryTemplate;
import org.sqltune.synthesis.template.Templates;

/**
 * Writes questions with the templates that synthesise pairs for real databases; their phrases and SQL differ from
 * those of the query shapes. All categories are equally likely.
 */
final class TemplateQuestions {
    private static final int ATTEMPTS_PER_QUESTION = 20;

    /** The templates of each category. */
    private static final List<List<QueryTemplate>> CATEGORIES = List.copyOf(
            new TreeMap<>(Templates.all().stream().collect(Collectors.groupingBy(QueryTemplate::category))).values());

    private final InventedProfile profiles;
    private final Choice choice;
    private final QuestionWriter writer = new QuestionWriter();

    TemplateQuestions(InventedProfile profiles, Choice choice) {
        this.profiles = profiles;
        this.choice = choice;
    }

    /** Writes that many different questions, or fewer if the schema is too small. */
    List<QuestionAndSql> ask(InventedSchema schema, int count) {
        DatabaseProfile database = profiles.of(schema);
        List<QuestionAndSql> asked = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int attempt = 0; asked.size() < count && attempt < count * ATTEMPTS_PER_QUESTION; attempt++) {
            toss(database).filter(each -> seen.add(each.question())).ifPresent(asked::add);
        }
        return asked;
    }

    private Optional<QuestionAndSql> toss(DatabaseProfile database) {
        QueryTemplate template = choice.one(choice.one(CATEGORIES));
        DraftScope scope = new DraftScope(database, choice.one(database.tables()), choice);
        return template.rule().draw(scope).map(draft -> new QuestionAndSql(writer.write(draft, choice), draft.sql()));
    }
}
