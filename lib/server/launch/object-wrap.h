// Included before SQLite's binding is compiled (install.mjs).
//
// From 24.19 on, Node's ObjectWrap registers a hook for the environment's end, and removes it in its destructor. The garbage
// collector calls that where there is no environment, and the process aborts (nodejs/node#65446). The binding's version for
// Node 20 is built on ObjectWrap, and closes its databases at the end by a hook of its own: it does without this one.
#include <node.h>
namespace node {
inline void IgnoreCleanupHook(v8::Isolate*, void (*)(void*), void*) {}
}
#define AddEnvironmentCleanupHook IgnoreCleanupHook
#define RemoveEnvironmentCleanupHook IgnoreCleanupHook
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook
