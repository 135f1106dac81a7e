# topoprune::topoprune  the library
# topoprune::tbb        the library with its parallel loops on oneTBB
# topoprune::hnswlib    the adapter of hnswlib
# topoprune::xtensor    the adapter of xtensor
# topoprune::io         the readers and writers of files, the manifest and the report (zlib, nlohmann-json)
include(GNUInstallDirs)

add_library(topoprune INTERFACE)
add_library(topoprune::topoprune ALIAS topoprune)
target_compile_features(topoprune INTERFACE cxx_std_20)
target_link_libraries(topoprune INTERFACE Eigen3::Eigen Boost::headers nanoflann::nanoflann Spectra::Spectra
                                          xsimd Threads::Threads)

file(GLOB_RECURSE all_headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/include/topoprune/*.hpp)
# Headers with needs beyond the library's own belong to the target that brings them.
set(tbb_headers ${all_headers})
list(FILTER tbb_headers INCLUDE REGEX "/core/detail/parallel_tbb.hpp$")
set(io_headers ${all_headers})
list(FILTER io_headers INCLUDE REGEX "/(io|report)/")
set(hnswlib_headers ${all_headers})
list(FILTER hnswlib_headers INCLUDE REGEX "/adapters/hnswlib.hpp$")
set(xtensor_headers ${all_headers})
list(FILTER xtensor_headers INCLUDE REGEX "/adapters/xtensor.hpp$")
set(core_headers ${all_headers})
list(REMOVE_ITEM core_headers ${tbb_headers} ${io_headers} ${hnswlib_headers} ${xtensor_headers})
target_sources(topoprune PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                FILES ${core_headers})

set(topoprune_targets topoprune)

if(TBB_FOUND)
  add_library(topoprune_tbb INTERFACE)
  add_library(topoprune::tbb ALIAS topoprune_tbb)
  set_target_properties(topoprune_tbb PROPERTIES EXPORT_NAME tbb)
  target_link_libraries(topoprune_tbb INTERFACE topoprune TBB::tbb)
  target_compile_definitions(topoprune_tbb INTERFACE TOPOPRUNE_USE_TBB)
  target_sources(topoprune_tbb PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                      FILES ${tbb_headers})
  list(APPEND topoprune_targets topoprune_tbb)
endif()

if(TOPOPRUNE_HNSWLIB_INCLUDE)
  add_library(topoprune_hnswlib INTERFACE)
  add_library(topoprune::hnswlib ALIAS topoprune_hnswlib)
  set_target_properties(topoprune_hnswlib PROPERTIES EXPORT_NAME hnswlib)
  target_link_libraries(topoprune_hnswlib INTERFACE topoprune)
  target_include_directories(topoprune_hnswlib SYSTEM INTERFACE $<BUILD_INTERFACE:${TOPOPRUNE_HNSWLIB_INCLUDE}>)
  target_sources(topoprune_hnswlib PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                          FILES ${hnswlib_headers})
  list(APPEND topoprune_targets topoprune_hnswlib)
endif()

if(xtensor_FOUND)
  add_library(topoprune_xtensor INTERFACE)
  add_library(topoprune::xtensor ALIAS topoprune_xtensor)
  set_target_properties(topoprune_xtensor PROPERTIES EXPORT_NAME xtensor)
  target_link_libraries(topoprune_xtensor INTERFACE topoprune xtensor)
  target_sources(topoprune_xtensor PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                          FILES ${xtensor_headers})
  list(APPEND topoprune_targets topoprune_xtensor)
endif()

if(ZLIB_FOUND AND nlohmann_json_FOUND)
  add_library(topoprune_io INTERFACE)
  add_library(topoprune::io ALIAS topoprune_io)
  set_target_properties(topoprune_io PROPERTIES EXPORT_NAME io)
  target_link_libraries(topoprune_io INTERFACE topoprune ZLIB::ZLIB nlohmann_json::nlohmann_json)
  target_sources(topoprune_io PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                     FILES ${io_headers})
  list(APPEND topoprune_targets topoprune_io)
endif()
