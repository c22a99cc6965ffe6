// Why: a transaction lives exactly as long as a closure. It begins behind the gate, so that the map can grow
// between transactions, and it always ends: by commit, or by abort when the closure throws.

internal import CLMDB
internal import Glibc
internal import Synchronization

extension Environment {
  /// Runs `body` inside a snapshot. Nothing that it borrows can leave; values that it makes can.
  ///
  /// Keep it short: pages that a snapshot still sees cannot be used again, and the file grows instead.
  ///
  /// - Throws: `.forked`, `.locked`, `.readersFull`, `.mapFull`, `.ioError`, wrapped in the body's error; and what the body throws.
  @available(*, noasync, message: "a snapshot must not be held across a suspension")
  @discardableResult
  @inlinable
  public func read<R: ~Copyable, E: StoreFailure>(
    _ body: (borrowing ReadTransaction) throws(E) -> R
  ) throws(E) -> R {
    let transaction: ReadTransaction
    do throws(StoreError) { transaction = try beginRead() } catch { throw E(store: error) }
    do throws(E) {
      let result = try body(transaction)
      if let disturbance = disturbance(of: transaction) { throw E(store: disturbance) }
      end(transaction)
      return result
    } catch {
      // What looks damaged may be what another program has written meanwhile.
      let disturbance = disturbance(of: transaction)
      end(transaction)
      throw disturbance.map { E(store: $0) } ?? error
    }
  }

  /// Why what was read in `transaction` cannot be relied on: others wrote, and nobody saw that it was read; `nil` when it can. LMDB uses
  /// the pages of a snapshot again from the third commit after it on, unless it sees a reader.
  @usableFromInline
  func disturbance(of transaction: borrowing ReadTransaction) -> StoreError? {
    guard isUnseen, UInt64(status.lastTransaction) > transaction.number + 1 else { return nil }
    return StoreError(
      .locked, "read",
      "\(path) is on a file system that is read-only or full, and was written to while it was read.",
      remedy: "Ask again while nobody writes, or read it where lock.mdb can be written.")
  }

  /// Runs `body` in the one write transaction; commits when it returns, leaves no trace when it throws.
  ///
  /// - Parameter bytes: Room that the map should have before it begins; it grows when it has less.
  /// - Throws: `.nested`, `.forked`, `.permission`, `.locked`, `.heldBack`, `.mapFull`, `.noSpace`, `.ioError`, `.failing`, wrapped in the body's error; and what the body throws.
  @available(*, noasync, message: "a write transaction must not be held across a suspension")
  @discardableResult
  @inlinable
  public func write<R: ~Copyable, E: StoreFailure>(
    reserving bytes: Int = 64 << 20, _ body: (inout WriteTransaction) throws(E) -> R
  ) throws(E) -> R {
    var transaction: WriteTransaction
    do throws(StoreError) {
      transaction = try beginWrite(reserving: bytes)
    } catch { throw E(store: error) }
    let result: R
    do throws(E) {
      result = try body(&transaction)
    } catch {
      abort(transaction)
      throw error
    }
    do throws(StoreError) { try commit(transaction) } catch { throw E(store: error) }
    return result
  }

  /// Makes the map large enough to hold `bytes` more than now, waiting up to ten seconds for a moment without
  /// transactions. ``write(reserving:_:)`` does so by itself.
  ///
  /// - Throws: `.mapFull` when there was no such moment, or the address space has no room.
  public func growMap(toHold bytes: Int) throws(StoreError) {
    try checkProcess()
    let grown = gate.whileQuiet(within: Self.patience) { enlarge(toHold: bytes) }
    guard let grown else { throw StoreError(MDB_MAP_FULL, "mdb_env_set_mapsize", path: path) }
    try check(grown, "mdb_env_set_mapsize", path: path)
  }

  @usableFromInline
  func beginRead() throws(StoreError) -> ReadTransaction {
    ReadTransaction(try begin(UInt32(MDB_RDONLY)))
  }

  @usableFromInline
  func end(_ transaction: consuming ReadTransaction) {
    drop(transaction)
    gate.leave()
  }

  @usableFromInline
  func beginWrite(reserving bytes: Int) throws(StoreError) -> WriteTransaction {
    if mode == .readOnly {
      throw StoreError(
        .permission, "write", "\(path) is open for reading only.",
        remedy: "Open it for writing, if you may.")
    }
    try refuseFailingDisk()
    guard gate.beginWriting() else {
      throw StoreError(
        .nested, "write", "This thread is already writing to \(path).",
        remedy: "Use the transaction that it has.")
    }
    do throws(StoreError) {
      try refuseLostLocks()
      try refuseForgottenReader()
      var handle = try begin(0)
      if room < bytes {
        // The map can only grow between transactions. When it cannot grow now, there may still be room enough.
        unsafe mdb_txn_abort(handle.raw)
        gate.leave()
        _ = gate.whileQuiet(within: Self.patience) { enlarge(toHold: bytes) }
        handle = try begin(0)
      }
      guard isBehindNewestHead(handle) else {
        unsafe mdb_txn_abort(handle.raw)
        gate.leave()
        throw OpeningTurn.disagreement(in: path)
      }
      return WriteTransaction(handle)
    } catch {
      gate.endWriting()
      throw error
    }
  }

  /// Whether a write transaction comes after the newest head, and will not be written over it; or over one that was taken back.
  private func isBehindNewestHead(_ handle: borrowing TransactionHandle) -> Bool {
    let number = UInt64(unsafe mdb_txn_id(handle.raw))
    let newest = UInt64(statusInside.lastTransaction)
    return number == newest + 1 || number == newest && UnfinishedCommit(in: path).isThere
  }

  @usableFromInline
  func abort(_ transaction: consuming WriteTransaction) {
    if isOurs { drop(transaction) } else { transaction.abandon() }
    gate.leave()
    gate.endWriting()
  }

  @usableFromInline
  func commit(_ transaction: consuming WriteTransaction) throws(StoreError) {
    defer {
      gate.leave()
      gate.endWriting()
    }
    if !isOurs {
      // Forked inside the body. Even an abort would give up the parent's lock, so the child touches nothing.
      transaction.abandon()
      return try checkProcess()
    }
    let number = transaction.number
    do throws(StoreError) { try transaction.commit() } catch {
      unsafe UnfinishedCommit(in: path).leave(number, ifFatalIn: raw)
      let explained = explained(error)
      noteFailure(explained)
      throw explained
    }
    // A transaction that changed nothing writes no head, so the one that was taken back is still there.
    if mayHaveUnfinished.load(ordering: .relaxed), UInt64(statusInside.lastTransaction) >= number {
      mayHaveUnfinished.store(false, ordering: .relaxed)
      UnfinishedCommit(in: path).forget()
    }
    MappedPages.trim()
  }

  /// Ends the life of a transaction here and now.
  private func drop<T: ~Copyable>(_ transaction: consuming T) {}

  /// How long a resize waits for the transactions of other threads.
  private static var patience: Duration { .seconds(10) }

  /// Begins a transaction and counts it; adopts a map that another process has made larger.
  private func begin(_ flags: UInt32) throws(StoreError) -> TransactionHandle {
    try checkProcess()
    for _ in 0..<4 {
      gate.enter()
      var begun: OpaquePointer?
      // lmdb.h, mdb_txn_begin: one write transaction at a time and thread, which the gate sees to.
      let result = unsafe mdb_txn_begin(raw, nil, flags, &begun)
      if result == MDB_SUCCESS, let raw = unsafe begun {
        return unsafe TransactionHandle(
          raw: raw, environment: number, isWriting: flags & UInt32(MDB_RDONLY) == 0)
      }
      gate.leave()
      switch result {
      case MDB_MAP_RESIZED:
        // lmdb.h, mdb_env_set_mapsize: 0 adopts the size that the other process has set.
        let adopted = gate.whileQuiet(within: Self.patience) { resize(to: 0) }
        try check(adopted ?? MDB_MAP_RESIZED, "mdb_env_set_mapsize", path: path)
      case MDB_READERS_FULL:
        // lmdb.h, mdb_reader_check: frees the slots of processes that died.
        var freed: Int32 = 0
        try check(unsafe mdb_reader_check(raw, &freed), "mdb_reader_check", path: path)
        if freed == 0 { throw StoreError(result, "mdb_txn_begin", path: path) }
      default: throw StoreError(result, "mdb_txn_begin", path: path)
      }
    }
    throw StoreError(MDB_MAP_RESIZED, "mdb_txn_begin", path: path)
  }

  /// Bytes of the map behind the last page used.
  private var room: Int {
    let state = statusInside
    return state.mapSize - state.usedBytes
  }

  /// Makes the map larger; called while no transaction is active.
  private func enlarge(toHold bytes: Int) -> Int32 {
    let state = statusInside
    let needed = state.usedBytes + bytes
    if needed <= state.mapSize { return MDB_SUCCESS }
    // Twice as large each time, so that growing stays rare; from 64 GiB on by 64 GiB.
    let size = max(state.mapSize + min(state.mapSize, 64 << 30), needed)
    let page = 65_536  // a multiple of any page size (lmdb.h: of the system's page size)
    return resize(to: (size + page - 1) / page * page)
  }

  /// Resizes the map; called while no transaction is active (lmdb.h, mdb_env_set_mapsize).
  private func resize(to size: Int) -> Int32 {
    // LMDB gives up the old map before it asks for the new one, and cannot go back. So ask first.
    if size > 0 {
      let probe = unsafe mmap(
        nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      if unsafe probe == MAP_FAILED { return MDB_MAP_FULL }
      unsafe munmap(probe, size)
    }
    return OpenEnvironments.list.withLock { _ in unsafe mdb_env_set_mapsize(raw, size) }
  }
}
