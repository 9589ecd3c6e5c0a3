package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.runtime.ServedModels;

/**
 * The resources that use cases share: models and data sets by name, the demo databases, and tokenizers that shorten
 * schemas. A program creates one, passes it to each use case, and closes it at the end. Not thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private final UserCache cache;
    private final ModelHub hub;
    private final Supplier<HubSettings> hubSettings;
    private final ModelFolders models;
    private final ModelLoader loader;
    private final PromptTemplates templates;
    private final Databases databases;
    private final RunDataReader data;
    private final ServedModels runtimes;

    /**
     * @param cache the folder for downloaded, unpacked and generated files
     * @param hubSettings the hub's URL and token, read when a hub is needed
     * @param downloads displays downloads
     */
    public Workspace(UserCache cache, Supplier<HubSettings> hubSettings, DownloadDisplay downloads) {
        this.cache = cache;
        this.hubSettings = hubSettings;
        hub = ModelHub.over(hubSettings, downloads);
        models = cache.models(hub);
        loader = new ModelLoader(models);
        templates = new PromptTemplates(models);
        databases = new Databases(cache.demo());
        runtimes = new ServedModels(models, System.getenv());
        data = new RunDataReader(cache.demo().folder(), name -> dataset(hub, name), databases, templates);
    }

    /**
     * Returns a workspace with the user's cache folder and the hub of the environment, without a display of
     * downloads.
     */
    public static Workspace ofUser() {
        return new Workspace(UserCache.of(System.getenv()), HubSettings::ofProcess, DownloadDisplay.NONE);
    }

    /** Returns the hub of models and data sets. */
    public ModelHub hub() {
        return hub;
    }

    /**
     * Returns which hub, and as whom.
     *
     * @throws org.sqltune.core.SqlTuneException if a variable of the environment can't be right
     */
    public HubSettings hubSettings() {
        return hubSettings.get();
    }

    /** Returns models by name. */
    public ModelFolders models() {
        return models;
    }

    /** Returns the model loader. */
    public ModelLoader loader() {
        return loader;
    }

    /** Returns the demo databases. */
    public DemoDatabases demo() {
        return cache.demo();
    }

    /** Models that other runtimes serve. */
    public ServedModels runtimes() {
        return runtimes;
    }

    /** Returns databases by name. */
    public Databases databases() {
        return databases;
    }

    /** Returns the prompt templates of configurations. */
    public PromptTemplates templates() {
        return templates;
    }

    /** Returns the reader of configurations' data. */
    public RunDataReader data() {
        return data;
    }

    /** Returns the history file of interactive sessions. */
    public Path history() {
        return cache.history();
    }

    @Override
    public void close() {
        templates.close();
        runtimes.close();
    }

    private static Path dataset(ModelHub hub, String name) {
        RepositoryRevision wanted =
                new RepositoryRevision(new RepositoryId(RepositoryType.DATASET, name), ModelSettings.MAIN_REVISION);
        return hub.cached(wanted, FileSelection.EVERYTHING).orElseGet(() -> hub.get(wanted, FileSelection.EVERYTHING));
    }
}
