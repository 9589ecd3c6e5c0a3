package org.sqltune.workflow.publish;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.deployment.hub.HubPublisher.Published;
import org.sqltune.deployment.hub.OutgoingFile;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.workflow.Summary;

/**
 * What was published, or would be.
 *
 * @param target where
 * @param open whether everybody may read it
 * @param files all files, the card among them
 * @param card the card's text
 * @param published null of a dry run
 * @param notes remarks, one sentence each
 */
public record PublishResult(
        RepositoryRevision target,
        boolean open,
        List<OutgoingFile> files,
        String card,
        @Nullable Published published,
        List<String> notes) {
    public PublishResult {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /** The files as a table, where they are, and the remarks; of a dry run the card, too. */
    public Summary summary() {
        List<List<String>> rows = new ArrayList<>();
        for (OutgoingFile file : files) {
            rows.add(List.of(
                    file.path(),
                    ByteSizes.inWords(file.size()),
                    file.sha256().substring(0, 12),
                    published == null ? "would be sent unless it is there" : fate(file.path(), published)));
        }
        List<String> remarks = new ArrayList<>();
        String readers = open ? "public" : "private";
        if (published == null) {
            remarks.add("Nothing was sent. It would go to the " + target + ", " + readers + ". Its card:\n\n" + card);
        } else {
            remarks.add((published.sent().isEmpty() && published.stored().isEmpty() ? "Unchanged: " : "Published: ")
                    + published.page() + " (" + target.revision() + ", commit " + published.commit() + ", " + readers
                    + (published.created() ? ", new" : "") + ")");
        }
        remarks.addAll(notes);
        return new Summary(List.of(new ReportTable(List.of("file", "size", "sha256", ""), rows)), remarks);
    }

    private static String fate(String path, Published published) {
        if (published.sent().contains(path)) {
            return "sent";
        }
        return published.stored().contains(path) ? "stored there already" : "unchanged";
    }
}
