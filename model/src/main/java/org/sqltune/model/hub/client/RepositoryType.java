package org.sqltune.model.hub.client;

/** What a repository on the hub holds. */
public enum RepositoryType {
    /** A model, or an adapter for one. */
    MODEL("models", ""),
    /** A data set. */
    DATASET("datasets", "datasets/");

    private final String plural;
    private final String pathPrefix;

    RepositoryType(String plural, String pathPrefix) {
        this.plural = plural;
        this.pathPrefix = pathPrefix;
    }

    /** The word that the hub's API and the cache's folders use. */
    public String plural() {
        return plural;
    }

    /** What stands before a repository's name in the address of its page and of its files. */
    String pathPrefix() {
        return pathPrefix;
    }

    /** In a sentence. */
    String inWords() {
        return this == MODEL ? "model" : "data set";
    }
}
