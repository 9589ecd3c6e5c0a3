/**
 * Models and data sets from the Hugging Face hub, in the cache that Hugging Face's own tools use: what one has
 * downloaded, the other needn't. {@link org.sqltune.model.hub.ModelHub} is the entry; it asks the cache
 * ({@link org.sqltune.model.hub.CachedRepository}) first and the hub ({@link org.sqltune.model.hub.client.HubClient}) only for
 * what is missing. Content is fetched under another name, resumed after a break, compared with the hash that the hub
 * announced, and renamed; so whatever lies in the cache under its own name is whole and right, whichever of several
 * processes was first.
 */
@NullMarked
package org.sqltune.model.hub;

import org.jspecify.annotations.NullMarked;
