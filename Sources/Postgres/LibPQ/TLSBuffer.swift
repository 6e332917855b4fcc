import CLibPQ
import Glibc

/// Asks OpenSSL for decrypted bytes that libpq has not taken yet.
///
/// PostgreSQL's own records of 8 KB always fit into libpq's buffer; those of a proxy, up to 16 KB, need not.
/// libpq has no call for it, and this module does not link OpenSSL; libpq has loaded it when TLS is in use.
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
