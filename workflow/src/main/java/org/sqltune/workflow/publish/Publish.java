package org.sqltune.workflow.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.hub.HubCard;
import org.sqltune.deployment.hub.HubPublisher;
import org.sqltune.deployment.hub.HubPublisher.Order;
import org.sqltune.deployment.hub.HubPublisher.Published;
import org.sqltune.deployment.hub.OutgoingFile;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/**
 * Publishes an adapter, a model or GGUF files in a repository of a Hugging Face hub, with a card that says what they are,
 * what they were trained on, and how prompts are written. One commit makes all of it visible.
 */
public final class Publish {
    private final Workspace workspace;
    private final Function<HubSettings, HubTransport> transports;

    /** @param workspace knows which hub, and as whom */
    public Publish(Workspace workspace) {
        this(workspace, HubTransport::over);
    }

    /** @param transports reaches a hub */
    public Publish(Workspace workspace, Function<HubSettings, HubTransport> transports) {
        this.workspace = workspace;
        this.transports = transports;
    }

    /**
     * Publishes, or says what would be.
     *
     * @throws ConfigException if the base is a folder of this machine and no other name was given
     * @throws SqlTuneException if a file can't be read or shows what is nobody else's business, the reports are of another
     *     model, or the hub can't be reached or refuses
     */
    public PublishResult run(PublishRequest request, TaskListener listener) {
        HubSettings hub = workspace.hubSettings();
        HubPublisher publisher = new HubPublisher(hub, transports.apply(hub));
        if (!request.dryRun()) {
            publisher.requireAccess();
        }
        OutgoingFolder folder = new OutgoingFolder(request, hub.token());
        CardFacts facts = new CardFacts(request);
        HubCard.Base base = folder.base(facts.baseOfRun());
        listener.began("Hashing");
        List<OutgoingFile> files = new ArrayList<>(folder.files(base));
        String card = facts.card(base, files).text();
        files.add(OutgoingFile.of(HubCard.FILE, card));
        Order order = new Order(request.target(), request.open(), request.commitMessage(), files);
        Published published = request.dryRun()
                ? null
                : publisher.publish(
                        order,
                        file -> listener.began("Uploading " + file.path() + ", " + ByteSizes.inWords(file.size())));
        List<String> notes = new ArrayList<>(facts.notes());
        if (tellsKnowledge(request.folder())) {
            notes.add(ContractFile.NAME + " has the glossary, examples and documentation that the prompts show: whoever"
                    + " may read the repository may read them");
        }
        return new PublishResult(request.target(), request.open(), files, card, published, notes);
    }

    private static boolean tellsKnowledge(@Nullable Path folder) {
        return Optional.ofNullable(folder)
                .flatMap(ContractFile::read)
                .map(PromptContract::knowledge)
                .filter(each -> each.tellsAnything())
                .isPresent();
    }
}
