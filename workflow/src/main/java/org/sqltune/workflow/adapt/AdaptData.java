package org.sqltune.workflow.adapt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.AuditPart;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.DataAudit;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.split.SeededSplit;
import org.sqltune.synthesis.HoldOut;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.augmentation.EverydayPairs;
import org.sqltune.synthesis.grammar.Choice;

/**
 * The parts of an adaptation's data. What is held out is either a whole template, or a combination of template and table
 * whose template is trained with other tables; the {@code complexity} of its examples says which.
 *
 * @param train what is trained on: synthesised pairs, and the user's own, which are repeated if they are few
 * @param validation synthesised pairs to score on
 * @param test the user's own pairs to score on; may be empty
 */
record AdaptData(List<Example> train, List<Example> validation, List<Example> test) {
    /** The group of held-out pairs whose template isn't trained at all. */
    static final String NEW_FORM = "made, of a form that wasn't trained";
    /** The group of held-out pairs whose template is trained with other tables. */
    static final String OTHER_TABLE = "made, of a form trained with other tables";

    private static final int HELD_OUT_OF_A_KIND = 100;
    private static final double MOST_TEMPLATES = 0.1;
    private static final int CATEGORIES = 5;
    private static final int FEWEST_PAIRS_A_CELL = 4;

    /** Other wordings that are drawn for each training pair. */
    private static final int OTHER_WORDINGS = 1;

    /** The user's own pairs make up at least this share of what is trained on, if repeating them often enough does it. */
    private static final double OWN_SHARE = 0.1;

    private static final int MOST_REPEATS = 8;

    AdaptData {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /** A synthesised pair and the place of its database. */
    private record Placed(int database, SyntheticPair pair) {}

    /** Splits synthesised pairs by template, and by template and table, and adds the user's own. */
    static AdaptData split(List<MadeQuestions> made, OwnPairs own, long seed) {
        Set<String> asked = own.heldOut().stream()
                .map(pair -> QuestionText.normalised(pair.question()))
                .collect(Collectors.toSet());
        EverydayPairs everyday = new EverydayPairs(question -> !asked.contains(QuestionText.normalised(question)));
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            for (SyntheticPair pair : made.get(i).pairs()) {
                all.add(new Placed(i, pair));
            }
        }
        List<Placed> known = all;
        List<Placed> forms = List.of();
        if (all.stream().map(each -> each.pair().templateId()).distinct().count() > 1 / MOST_TEMPLATES) {
            double share = Math.min(MOST_TEMPLATES, (double) HELD_OUT_OF_A_KIND / all.size());
            SeededSplit.Split<Placed> byTemplate = new SeededSplit(share, seed)
                    .grouped(all, each -> each.pair().templateId());
            known = byTemplate.train();
            forms = byTemplate.validation();
        }
        List<List<SyntheticPair>> databases = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            int place = i;
            databases.add(known.stream()
                    .filter(each -> each.database() == place)
                    .map(Placed::pair)
                    .toList());
        }
        int cell = Math.max(FEWEST_PAIRS_A_CELL, HELD_OUT_OF_A_KIND / CATEGORIES / made.size());
        HoldOut holdOut = HoldOut.choose(databases, cell, seed);
        List<Example> train = new ArrayList<>();
        List<Example> validation = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            MadeQuestions database = made.get(i);
            addAll(train, database, everyday.of(holdOut.training(databases.get(i)), database.schema(), OTHER_WORDINGS, seed + i), "");
            addAll(validation, database, holdOut.validation(databases.get(i)), OTHER_TABLE);
        }
        Choice choice = new Choice(seed);
        List<Placed> shuffled = choice.shuffled(forms);
        for (Placed each : shuffled.subList(0, Math.min(HELD_OUT_OF_A_KIND, shuffled.size()))) {
            addAll(validation, made.get(each.database()), List.of(each.pair()), NEW_FORM);
        }
        train.addAll(repeated(own.train(), train.size()));
        return new AdaptData(choice.shuffled(train), validation, own.heldOut());
    }

    private static void addAll(
            List<Example> examples, MadeQuestions database, List<SyntheticPair> pairs, String heldOut) {
        for (SyntheticPair pair : pairs) {
            examples.add(new Example(
                    (heldOut.isEmpty() ? "train-" : "held-out-") + examples.size(),
                    database.databaseId(),
                    pair.question(),
                    database.schema(),
                    pair.sql(),
                    pair.category(),
                    null,
                    new QuestionContext("", heldOut)));
        }
    }

    private static List<Example> repeated(List<Example> own, int made) {
        List<Example> all = new ArrayList<>(own);
        int times = own.isEmpty() ? 0 : (int) Math.ceil(OWN_SHARE * made / own.size());
        for (int i = 2; i <= Math.min(MOST_REPEATS, times); i++) {
            for (Example pair : own) {
                all.add(pair.withId(pair.id() + "-" + i));
            }
        }
        return all;
    }

    /**
     * Runs every query, and removes rows that fail, name columns that the schema lacks, or are trained on and held out.
     *
     * @param removed receives the number of removed rows by fault
     */
    AdaptData audited(QueryDatabases databases, ProgressListener progress, Map<Fault, Integer> removed) {
        AuditReport report = new DataAudit(
                        databases, QueryLimits.DEFAULTS, Runtime.getRuntime().availableProcessors())
                .audit(
                        List.of(
                                new AuditPart("train", false, train),
                                new AuditPart("validation", true, validation),
                                new AuditPart("test", true, test)),
                        progress);
        Map<String, Set<String>> bad = new LinkedHashMap<>();
        report.findings().stream()
                .filter(finding -> finding.fault() == Fault.FAILING
                        || finding.fault() == Fault.COLUMNS
                        || finding.fault() == Fault.LEAKAGE)
                .forEach(finding -> {
                    if (bad.computeIfAbsent(finding.part(), part -> new HashSet<>())
                            .add(finding.example().id())) {
                        removed.merge(finding.fault(), 1, Integer::sum);
                    }
                });
        return new AdaptData(
                without(train, bad.get("train")),
                without(validation, bad.get("validation")),
                without(test, bad.get("test")));
    }

    private static List<Example> without(List<Example> examples, @Nullable Set<String> bad) {
        return bad == null
                ? examples
                : examples.stream()
                        .filter(example -> !bad.contains(example.id()))
                        .collect(Collectors.toList());
    }
}
