import CLibPQ
import Glibc

/// OpenSSL, which libpq loads and this module does not link.
enum TLSLibrary {
    private typealias Initialise = @convention(c) (UInt64, OpaquePointer?) -> Int32

    /// Keeps OpenSSL from taking itself apart when the process ends: a thread that is in TLS then, or only ends then and
    /// gives back what OpenSSL keeps for each thread, would crash. Call it before libpq's first connection.
    static func prepare() { _ = isPrepared }

    static let isPrepared: Bool = {
        guard let symbol = dlsym(nil, "OPENSSL_init_crypto") else { return false }
        let noExitHandler: UInt64 = 0x0008_0000  // OPENSSL_INIT_NO_ATEXIT in openssl/crypto.h
        return unsafeBitCast(symbol, to: Initialise.self)(noExitHandler, nil) == 1
    }()
}

/// Asks OpenSSL for decrypted bytes that libpq has not taken yet.
///
/// PostgreSQL's own records of 8 KB always fit into libpq's buffer; those of a proxy, up to 16 KB, need not.
/// libpq has no call for it.
enum TLSBuffer {
    private typealias Pending = @convention(c) (UnsafeMutableRawPointer) -> Int32

    private static let pending: Pending? = dlsym(nil, "SSL_pending").map { unsafeBitCast($0, to: Pending.self) }

    static func hasPending(_ connection: OpaquePointer) -> Bool {
        guard PQsslInUse(connection) != 0, let session = PQsslStruct(connection, "OpenSSL"), let pending else {
            return false
        }
        return pending(session) > 0
    }
}
