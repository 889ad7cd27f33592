/** RxDB leaves its IndexedDB databases behind when it removes one: they are deleted by name. */
export async function deleteDatabases(name: string): Promise<void> {
  const listed = await indexedDB.databases?.().then(found => found.map(database => database.name ?? '')) ?? []
  await Promise.all(listed.filter(database => database.startsWith(`rxdb-dexie-${name}--`)).map(deleteDatabase))
}

function deleteDatabase(name: string): Promise<void> {
  const done = Promise.withResolvers<void>()
  const request = indexedDB.deleteDatabase(name)
  request.onsuccess = () => done.resolve()
  request.onerror = () => done.reject(request.error)
  request.onblocked = () => done.resolve()
  return done.promise
}
