# Tells whoever compiles topoprune into a program without optimization by oversight. Also read by the installed package.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND NOT CMAKE_CXX_FLAGS MATCHES "-O[1-3sfg]")
  message(WARNING "topoprune: CMAKE_BUILD_TYPE is not set, so that nothing is optimized: what is compiled from the headers "
                  "takes about 50 times as long to run. Configure with -DCMAKE_BUILD_TYPE=Release.")
endif()
