/** RxDB leaves its IndexedDB databases behind when it removes one: they are deleted by the name of the copy they belong to. */
export async function deleteDatabases(belongs: (copy: string) => boolean): Promise<void> {
  const listed = await indexedDB.databases?.().then(found => found.map(database => database.name ?? '')) ?? []
  const wanted = listed.filter((database) => {
    const copy = /^rxdb-dexie-(.+?)--/.exec(database)?.[1]
    return copy !== undefined && belongs(copy)
  })
  await Promise.all(wanted.map(deleteDatabase))
}

function deleteDatabase(name: string): Promise<void> {
  const done = Promise.withResolvers<void>()
  const request = indexedDB.deleteDatabase(name)
  request.onsuccess = () => done.resolve()
  request.onerror = () => done.reject(request.error)
  request.onblocked = () => done.resolve()
  return done.promise
}
